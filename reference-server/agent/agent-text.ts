import type { DeviceId } from '../../protocol/device-id.ts'
import { writeMarker } from '../../protocol/marker.ts'

const words = 'Thank you for your patience, I am looking into this for you right now. '

export interface TextPlan {
  plannedMs: number
  latenessUs: number
  pushesUrl: boolean
  /** Characters after the marker. */
  length: number
}

/** What the agent writes: the marker that makes it joinable, then filler of the asked length. */
export function writeText(device: DeviceId, sequence: number, plan: TextPlan): string {
  const { run, shard, session } = device
  const { plannedMs, latenessUs } = plan
  const marker = writeMarker({ run, side: 'a', shard, session, sequence, plannedMs, latenessUs })
  const filler = plan.pushesUrl ? 'https://www.example.com/help' : words.repeat(Math.ceil(plan.length / words.length))
  return marker + (plan.pushesUrl ? filler : filler.slice(0, plan.length))
}

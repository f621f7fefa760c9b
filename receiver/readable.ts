import type { ObservedPush } from '../protocol/stream/observation.ts'
import { printable } from './printable.ts'

/** One line a push for `chatgauge receive`: what a developer wants to see, never a key. */
export function readable(push: ObservedPush): string {
  const time = new Date(push.received).toISOString().slice(11, 23)
  const parts = [time, push.mode.padEnd(9), ...(push.lane === '' ? [] : [`lane ${push.lane}`]), content(push)]
  if (push.inFlight > 0) parts.push(`(${push.inFlight} more of this lane unanswered)`)
  const shown = push.violations.slice(0, mostViolations).map(broken)
  const more = push.violations.length - shown.length
  if (more > 0) shown.push(`              ✗ ${more} more`)
  return [parts.join('  '), ...shown].map(bounded).join('\n')
}

function broken({ rule, what, at, expected, found }: ObservedPush['violations'][number]): string {
  return `              ✗ ${rule} ${what}${at === '' ? '' : ` at ${at}`}: expected ${expected}, found ${found}`
}

function content(push: ObservedPush): string {
  const body = parsed(push.body)
  if (push.mode === 'refused' || body === undefined) return shortened(push.body)
  const device = `device ${body.deviceId}`
  const event = body.message?.messages?.[0]
  if (event === undefined) return device
  const ended = body.message?.chatEnded === true ? '  chat ended' : ''
  const userData = event.userData ?? {}
  if (push.mode === 'reliable') {
    return `${device}  notice from position ${userData['notify-position']}, attempt ${userData['notify-attempt']}${ended}`
  }
  const text = typeof event.text === 'string' ? `  ${JSON.stringify(shortened(event.text))}` : ''
  const advice = userData['quit-reason-advice']
  return `${device}  #${event.index} ${event.type} from ${event.from?.type} ${JSON.stringify(event.from?.nickname ?? '')}${text}${advice ? `  advice ${advice}` : ''}${ended}`
}

interface PartlyKnown {
  deviceId?: unknown
  message?: {
    chatEnded?: unknown
    messages?: {
      index?: unknown
      type?: unknown
      text?: unknown
      from?: { nickname?: unknown; type?: unknown }
      userData?: Record<string, unknown>
    }[]
  }
}

function parsed(body: string): PartlyKnown | undefined {
  try {
    const value = JSON.parse(body)
    return value !== null && typeof value === 'object' ? value : undefined
  } catch {
    return undefined
  }
}

const mostViolations = 20
const longestLine = 500

function bounded(line: string): string {
  const plain = printable(line.slice(0, longestLine))
  return line.length > longestLine ? `${plain}…` : plain
}

const shownLength = 80

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > shownLength ? `${line.slice(0, shownLength)}…` : line
}

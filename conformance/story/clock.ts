import { parseDuration } from '../../protocol/duration.ts'
import { StoryError } from './broken-rule.ts'
import type { Scene } from './scene.ts'

const longestWaitMs = 15_000

/** The target's clock. It stands still in a case that needs time control, so every instant is exact. */
export interface Clock {
  /** `15s`, `30m`, `24h`: each timer on the way runs at its own instant, POSTs are answered before time goes on. */
  advance(duration: string): Promise<void>
  /** The same in one jump, without waiting for what the timers set off. */
  jump(duration: string): Promise<void>
  /** Epoch ms. */
  now(): Promise<number>
  /** Lets time run again, for what is measured in real time. */
  resumes(): Promise<void>
}

export function createClock(scene: Scene): Clock {
  const control = () => {
    scene.use('time control')
    if (!scene.stack.control) throw new StoryError('there is no clock to move')
    return scene.stack.control
  }
  const move = async (duration: string, body: object) => {
    const ms = parseDuration(duration)
    if (typeof ms !== 'number') throw new StoryError(ms.error)
    scene.use('time control')
    if (scene.stack.control) await scene.stack.control.call('POST', '/clock/advance', { ms, ...body })
    else await reallyPass(ms)
    scene.conversation.say({ said: `${duration} pass` })
  }
  /** A target with short timers: its capability says that it has them. */
  function reallyPass(ms: number): Promise<void> {
    if (ms > longestWaitMs) throw new StoryError(`there is no clock to move, and ${ms / 1000} s are too long to wait`)
    return new Promise(resolve => setTimeout(resolve, ms))
  }

  return {
    advance: duration => move(duration, {}),
    jump: duration => move(duration, { settle: false }),
    now: async () => (await control().call<{ nowMs: number }>('GET', '/clock')).nowMs,
    async resumes() {
      await control().call('POST', '/clock/resume')
    },
  }
}

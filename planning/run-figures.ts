import { parseDuration } from '../protocol/duration.ts'
import { assumed } from './assumed.ts'
import { exactly, type Figure, type Figures } from './figure.ts'
import { measuredCpu, measuredPushTime, measuredUnconfirmed, type Source } from './measured.ts'
import { mixOfText, type PushMix } from './push-mix.ts'
import { postsPerEvent } from './resending.ts'
import { resendAttemptsOf, resendDelayOf } from './run-options.ts'
import { secondsOf } from './steady-columns.ts'
import { whyUnusable } from './usable-result.ts'

/** The load that a run had in its steady phase, as figures of the model: nothing is asked and nothing is forecast. */
export function figuresOfRun(source: Source): { figures: Figures; mix: PushMix } | { why: string } {
  const { result } = source
  const why = whyUnusable(result)
  if (why !== undefined) return { why }
  const mix = mixOfText(String(result.options.push))
  if (mix === undefined) return { why: 'its push mode is not known' }
  if (mix.off === 1) return { why: 'it ran with --push off, and pushes are what a node runs out of' }
  const time = measuredPushTime([source])
  if (time === undefined)
    return {
      why: 'how long a push takes is not in it (only the reference server tells); plan takes it as --receiver-latency',
    }
  const rate = (counter: string) => result.rates[counter]?.achieved ?? 0
  const sessions = sessionsOf(source)
  if (rate('pushes_received') === 0 || sessions === 0) return { why: 'nothing was pushed in its steady phase' }

  const unconfirmedShare = measuredUnconfirmed([source]) ?? exactly(0, 'assumed', 'no reliable pushes')
  const attempts = resendAttemptsOf(result.options)
  const posts = mix.reliable * postsPerEvent(unconfirmedShare.value, attempts) + mix.payload + mix['device-id']
  const starts = rate('sessions_started')
  const said = Math.max(0, rate('pushes_received') / posts - starts * 2)
  const cpuMs = result.target.reference ? measuredCpu([source]) : undefined
  const measured = (value: number, from: string): Figure => exactly(value, 'measured', from)
  return {
    mix,
    figures: {
      ...assumed,
      ...time,
      unconfirmedShare,
      sessions: measured(sessions, 'live in the steady phase, mean'),
      pingIntervalMs: pingInterval(source, sessions),
      messagesPerSecond: measured(rate('messages_sent'), 'steady phase'),
      // All that was pushed stands in one figure; how much of it answered something does not matter to a lane.
      pushesPerMessage: measured(0, 'counted below'),
      agentMessagesPerSecond: measured(said, 'events pushed in the steady phase but for chats that came and went'),
      sessionLengthMs: measured(
        starts === 0 ? Number.POSITIVE_INFINITY : (sessions / starts) * 1_000,
        'sessions / chats that started per second of the steady phase',
      ),
      resendDelayMs: measured(resendDelayOf(result.options), 'in force in the run'),
      resendAttempts: measured(attempts, 'in force in the run'),
      ...(cpuMs && { cpuMs }),
    },
  }
}

/** The option where it is what happened: its value is rounder than sessions / pings. */
function pingInterval({ result: { rates, options } }: Source, sessions: number): Figure {
  const perSecond = rates.pings_sent?.achieved ?? 0
  const seen = perSecond === 0 ? 0 : (sessions / perSecond) * 1_000
  const asked = parseDuration(String(options['ping-interval']))
  return typeof asked === 'number' && Math.abs(asked / seen - 1) < 0.05
    ? exactly(asked, 'measured', '--ping-interval of the run, and so it pinged')
    : exactly(seen, 'measured', 'sessions / pings per second of the steady phase')
}

function sessionsOf({ result }: Source): number {
  const live = secondsOf(result, 'sessions_live')
  if (live.length === 0) return result.counters.sessions_live ?? 0
  return live.reduce((sum, { value }) => sum + value, 0) / live.length
}

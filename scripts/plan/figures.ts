import { assumed } from '../../planning/assumed.ts'
import { exactly, type Figure, type Figures } from '../../planning/figure.ts'
import {
  measuredCpu,
  measuredMemory,
  measuredPushTime,
  measuredUnconfirmed,
  type Source,
} from '../../planning/measured.ts'
import { mixOf, mixOfText, type PushMix } from '../../planning/push-mix.ts'
import { pushTimeOf, withNetwork } from '../../planning/push-time.ts'
import { documentedResendAttempts, documentedResendDelayMs } from '../../planning/run-options.ts'
import { pushTimeOfAll } from '../../planning/searched-rate.ts'
import { durationText } from '../../reports/planner/number-text.ts'
import { UserError } from '../program/user-error.ts'
import type { GivenOptions, PlanOptionName } from './plan-options.ts'
import type { PlanSources } from './sources.ts'

/** What the model is asked with, each figure with its source. @throws UserError naming the option that gives what is missing. */
export function figuresOf(
  given: GivenOptions,
  { sources, searches }: Pick<PlanSources, 'sources' | 'searches'>,
): { figures: Figures; mix: PushMix } {
  const mix = mixFrom(given, sources)
  const isOurs = sources.every(({ result }) => result.target.reference)
  const own = (option: PlanOptionName) => {
    const value = given[option] as number | undefined
    return value === undefined ? undefined : exactly(value, 'given', `--${option}`)
  }
  const or = (option: PlanOptionName, otherwise: Figure): Figure => own(option) ?? otherwise
  const needed = (option: PlanOptionName, what: string): Figure => {
    const figure = own(option)
    if (figure === undefined) throw new UserError(`${what} is not known; give it with --${option}`)
    return figure
  }
  const cpuMs = own('cpu-per-operation') ?? (isOurs ? measuredCpu(sources) : undefined)
  const sessionBytes = own('memory-per-session') ?? (isOurs ? (measuredMemory(sources) ?? assumedMemory) : undefined)
  const sessionsPerChatServer = own('sessions-per-chat-server')
  if (!cpuMs && !sessionBytes && !sessionsPerChatServer)
    throw new UserError(
      'what a Chat Server can carry is not known; give it with --sessions-per-chat-server, or --cpu-per-operation and --memory-per-session',
    )
  const figures: Figures = {
    sessions: needed('sessions', 'how many chats are live at once'),
    pingIntervalMs: or('ping-interval', exactly(1_800_000, 'documented', 'the example of the documentation')),
    messagesPerSecond: needed('message-rate', 'how many messages customers send'),
    agentMessagesPerSecond: or('agent-rate', exactly(0, 'assumed', 'agents only answer')),
    pushesPerMessage: or('pushes-per-message', exactly(1, 'assumed', 'one answer of an agent, no own activity')),
    sessionLengthMs: or('session-length', {
      ...{ value: 86_400_000, low: 43_200_000, high: 172_800_000, origin: 'assumed', from: 'an async chat of a day' },
    }),
    talkVariation: or('talk-variation', assumed.talkVariation),
    ...pushTimeFigures(given, measuredTimes({ sources, searches }), mix),
    timeoutShare: or('timeout-share', assumed.timeoutShare),
    timeoutMs: or('timeout', assumed.timeoutMs),
    unconfirmedShare: unconfirmed(own('unconfirmed'), sources, mix),
    resendDelayMs: or('resend-delay', documented(documentedResendDelayMs, 'flex-push-resend-delay')),
    resendAttempts: or('resend-attempts', documented(documentedResendAttempts, 'flex-push-resend-attempts')),
    headroom: or('headroom', assumed.headroom),
    cores: or('cores', assumed.cores),
    memoryBytes: or('memory', assumed.memoryBytes),
    outageMs: or('outage', assumed.outageMs),
    ...(cpuMs && { cpuMs }),
    ...(sessionBytes && { sessionBytes }),
    ...(sessionsPerChatServer && { sessionsPerChatServer }),
  }
  if (mix.off < 1 && figures.pushMs.value >= figures.timeoutMs.value)
    throw new UserError(
      `a push takes ${figures.pushMs.value} ms and is given up after ${figures.timeoutMs.value} ms, so none would arrive; a longer --timeout or a shorter --receiver-latency is needed`,
    )
  return { figures, mix }
}

const documented = (value: number, option: string) => exactly(value, 'documented', `default of ${option}`)

/** Idle sessions of the reference server take 1.3 kB of heap (`npm run bench -- memory`); a transcript of 100 events some 20 kB. */
const assumedMemory: Figure = {
  ...{ value: 3_072, low: 1_331, high: 30_720, origin: 'assumed' },
  from: 'bench of the reference server; two results that differ by 10,000 sessions measure it',
}

function mixFrom(given: GivenOptions, sources: readonly Source[]): PushMix {
  if (given.push) return mixOf(given.push)
  const texts = [...new Set(sources.map(({ result }) => String(result.options.push ?? 'reliable')))]
  const mix = texts.length === 1 ? mixOfText(texts[0]!) : undefined
  if (mix === undefined)
    throw new UserError(`the results differ in their push mode (${texts.join(' and ')}); choose one with --push`)
  return mix
}

type PushFigures = Pick<Figures, 'pushMs' | 'pushVariation'>

function measuredTimes({ sources, searches }: Pick<PlanSources, 'sources' | 'searches'>): PushFigures | undefined {
  const pushMs = pushTimeOfAll(sources, searches)
  if (pushMs === undefined) return undefined
  const measured = measuredPushTime(sources)
  return { pushMs, pushVariation: measured?.pushVariation ?? exactly(0, 'assumed', 'each push as long as the other') }
}

function pushTimeFigures(given: GivenOptions, measured: PushFigures | undefined, mix: PushMix): PushFigures {
  const latency = given['receiver-latency']
  if (latency === undefined) {
    if (given.network !== undefined)
      throw new UserError('--network needs --receiver-latency: what was measured has both in it')
    if (measured) return measured
    // Without pushes any time will do.
    if (mix.off === 1)
      return { pushMs: exactly(1, 'assumed', 'no pushes'), pushVariation: exactly(0, 'assumed', 'no pushes') }
    throw new UserError(
      'how long a push takes is not in the results; give it with --receiver-latency (or plan from find-capacity --vary pushes, with --target-nodes)',
    )
  }
  const { meanMs, squareMs2 } = withNetwork(pushTimeOf(latency), given.network ?? 0)
  if (meanMs === 0) throw new UserError('--receiver-latency 0: a push takes some time; give more than 0ms')
  const options =
    given.network === undefined
      ? '--receiver-latency, taken for the whole round trip'
      : '--receiver-latency and --network'
  const from = measured === undefined ? options : `${options}; measured was ${durationText(measured.pushMs.value)}`
  return {
    pushMs: exactly(meanMs, 'given', from),
    pushVariation: exactly(Math.max(0, squareMs2 / meanMs ** 2 - 1), 'given', options),
  }
}

function unconfirmed(own: Figure | undefined, sources: readonly Source[], mix: PushMix): Figure {
  const figure = own ?? measuredUnconfirmed(sources)
  if (figure) return figure
  if (mix.reliable === 0) return exactly(0, 'assumed', 'no reliable pushes')
  throw new UserError(
    'how many reliable pushes stay unconfirmed is in none of the results (none had --push reliable); give it with --unconfirmed',
  )
}

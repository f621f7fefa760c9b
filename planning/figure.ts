/** Where a figure comes from. */
export type Origin = 'given' | 'measured' | 'documented' | 'assumed'

/** One parameter of the model with what is known of it. */
export interface Figure {
  value: number
  /** What it may as well be; both equal to `value` where it is given. */
  low: number
  high: number
  origin: Origin
  /** Who says so, in words that a planner can check. */
  from: string
}

/** Units as they are printed; durations are kept in milliseconds, shares from 0 to 1. */
export type Unit = 'sessions' | '1/s' | 'ms' | 'share' | 'count' | 'bytes' | 'cores'

interface Meaning {
  what: string
  unit: Unit
  /** Whether more of it needs more machines. */
  worse: 'more' | 'less'
  /** The option of `chatgauge plan` that gives it. */
  option: string
}

const row = (what: string, unit: Unit, worse: Meaning['worse'], option: string): Meaning => ({
  ...{ what, unit, worse, option },
})

/** Every parameter of the model. */
export const figureTable = {
  sessions: row('chats live at once', 'sessions', 'more', 'sessions'),
  pingIntervalMs: row('from one ping of a session to the next', 'ms', 'less', 'ping-interval'),
  messagesPerSecond: row('messages of customers, all sessions together', '1/s', 'more', 'message-rate'),
  agentMessagesPerSecond: row('messages of agents that answer none', '1/s', 'more', 'agent-rate'),
  pushesPerMessage: row('events to push for a message of a customer', 'count', 'more', 'pushes-per-message'),
  sessionLengthMs: row('how long a chat lasts', 'ms', 'less', 'session-length'),
  talkVariation: row('variance of how much a session talks by its squared mean', 'count', 'more', 'talk-variation'),
  pushMs: row('time that a POST holds its lane, mean', 'ms', 'more', 'receiver-latency'),
  pushVariation: row('variance of that time by its squared mean', 'count', 'more', 'receiver-latency'),
  timeoutShare: row('POSTs that hang until the timeout', 'share', 'more', 'timeout-share'),
  timeoutMs: row('after which a node gives a POST up', 'ms', 'more', 'timeout'),
  unconfirmedShare: row('POSTs with no refresh within the resend delay', 'share', 'more', 'unconfirmed'),
  resendDelayMs: row('flex-push-resend-delay', 'ms', 'less', 'resend-delay'),
  resendAttempts: row('flex-push-resend-attempts', 'count', 'more', 'resend-attempts'),
  headroom: row('share of every limit that is kept free', 'share', 'more', 'headroom'),
  cpuMs: row('CPU of a request or a push, node and Chat Server together', 'ms', 'more', 'cpu-per-operation'),
  cores: row('cores that one node or Chat Server can use', 'cores', 'less', 'cores'),
  sessionBytes: row('memory of a session in its Chat Server', 'bytes', 'more', 'memory-per-session'),
  memoryBytes: row('memory of a Chat Server for sessions', 'bytes', 'less', 'memory'),
  sessionsPerChatServer: row('sessions that one Chat Server may hold', 'sessions', 'less', 'sessions-per-chat-server'),
  outageMs: row('how long the receiver hangs, for the question after it', 'ms', 'more', 'outage'),
} as const satisfies Record<string, Meaning>

export type FigureName = keyof typeof figureTable
export const figureNames = Object.keys(figureTable) as FigureName[]

/** A missing one limits nothing: CPU of a target that nobody watched, sessions of a Chat Server without a limit. */
export type OptionalFigure = 'cpuMs' | 'sessionBytes' | 'sessionsPerChatServer'
export type Figures = Record<Exclude<FigureName, OptionalFigure>, Figure> & Partial<Record<OptionalFigure, Figure>>
export type Values = Record<Exclude<FigureName, OptionalFigure>, number> & Partial<Record<OptionalFigure, number>>

export const exactly = (value: number, origin: Origin, from: string): Figure => ({
  ...{ value, low: value, high: value, origin, from },
})

/** All figures at their value, or all at the end of their interval that needs the fewest or the most machines. */
export function valuesOf(figures: Figures, at: 'value' | 'best' | 'worst' = 'value'): Values {
  const entries = Object.entries(figures).map(([name, figure]): [string, number] => {
    if (at === 'value') return [name, figure.value]
    const isHigh = (figureTable[name as FigureName].worse === 'more') === (at === 'worst')
    return [name, isHigh ? figure.high : figure.low]
  })
  return Object.fromEntries(entries) as Values
}

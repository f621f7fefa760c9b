/**
 * How two parties compare their clocks, on each socket between them (`/samples`, `/triggers`, `/observations`, `/trace`):
 * `c,<t1>` is answered at once by `c,<t1>,<t2>`. Whoever asked notes when the answer came: t3.
 */
const prefix = 'c,'
/** Two stamps are 40 characters at most; what is longer is no question. */
const longest = 64

/** t1 and t3 on the clock of who asked, t2 on that of the peer; epoch ms. */
export type ClockRound = readonly [sentMs: number, peerMs: number, receivedMs: number]

export function clockQuestion(nowMs: number): string {
  return `${prefix}${nowMs}`
}

/** @returns undefined for a message that is no question. */
export function clockAnswer(message: string, nowMs: number): string | undefined {
  return message.startsWith(prefix) && message.length < longest ? `${message},${nowMs}` : undefined
}

export function isClockMessage(message: string): boolean {
  return message.startsWith(prefix)
}

/** @returns undefined for what is no answer. */
export function readClockAnswer(message: string, receivedMs: number): ClockRound | undefined {
  const [sign, sent, peer, ...more] = message.split(',')
  const round = [Number(sent || Number.NaN), Number(peer || Number.NaN), receivedMs] as const
  return `${sign},` === prefix && more.length === 0 && round.every(Number.isFinite) ? round : undefined
}

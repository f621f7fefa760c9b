export interface DrainState {
  nowMs: number
  /** Events without POST and without content. */
  missing: number
  /** Reliable: content is there, the notice of its own is not. */
  covered: number
  lastAnswerMs: number
  lastPostMs: number
  stageStartedMs: number
  /** W: how long a missing push is waited for. */
  observeMs: number
}

/** Without a POST for this long the lanes are empty. */
export const quietMs = 2_000
/** A stage never takes longer than this many W. */
const longestInW = 3

/**
 * Settled: nothing is missing; else W has passed since the last answer and no POST came for 2 s; at the latest 3 W.
 * `lost` and `open` name what then still is missing: open when POSTs were still coming.
 */
export function drainState(state: DrainState): 'waiting' | 'settled' | 'lost' | 'open' {
  const { nowMs, missing, covered, lastAnswerMs, lastPostMs, stageStartedMs, observeMs } = state
  const isQuiet = nowMs - lastPostMs >= quietMs
  if (missing === 0 && (covered === 0 || isQuiet)) return 'settled'
  const sinceMs = nowMs - Math.max(lastAnswerMs, stageStartedMs)
  if (sinceMs >= observeMs && isQuiet) return missing === 0 ? 'settled' : 'lost'
  if (nowMs - stageStartedMs >= longestInW * observeMs) return missing === 0 ? 'settled' : isQuiet ? 'lost' : 'open'
  return 'waiting'
}

export const observeMsOf = (modes: { isReliable: boolean }, resendDelayMs: number, resendAttempts: number): number =>
  10_000 + (modes.isReliable ? resendDelayMs * (resendAttempts + 1) : 0)

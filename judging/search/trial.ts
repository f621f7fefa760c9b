/** What one run at one rate said. */
export type TrialVerdict = 'pass' | 'fail' | 'inconclusive'

/** Why a trial was made: growing until the first failure, halving the bracket, or proving its two ends. */
export type Purpose = 'grow' | 'bisect' | 'confirm'

export interface Trial {
  /** As offered. */
  rate: number
  purpose: Purpose
  verdict: TrialVerdict
  /** Of an inconclusive trial: we were the limit, or nobody can tell (too few samples, pushes still open). */
  cause?: 'ours' | 'unclear'
}

export interface SearchSettings {
  /** Lowest and highest rate asked. */
  from: number
  to: number
  /** The search holds on to whole numbers (sessions). */
  isWhole: boolean
  /** A safe bound: how many trials there may be, whatever they say. */
  mostTrials: number
}

/** The two ends of an answer are at most this factor apart, as far as verdicts near the limit allow. */
export const narrow = 1.03
/** Where both verdicts occur over a wider range than this factor there is no limit to speak of. */
export const widest = 1.1

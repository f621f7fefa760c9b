import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'

/** What stands behind `NAME:` in `--fault`; reading says what is allowed when a value is not. */
export interface FaultArguments {
  /** Which matching event is touched, from 1. */
  nth(byDefault: number): number
  /** A share such as `2%` or `0.02`, in the given place. */
  share(place: number, byDefault: number): number
  /** A duration such as `2s`, or a distribution such as `lognorm(20ms,200ms)`, in the given place. */
  durations(place: number, byDefault: Distribution): Distribution
}

/** Commas within brackets belong to a distribution. */
export function faultWords(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map(word => word.trim())
}

export function parseFaultArguments(text: string): FaultArguments {
  const words = faultWords(text).filter(word => word !== '')
  return {
    nth(byDefault) {
      const [word] = words
      if (word === undefined) return byDefault
      const nth = word.startsWith('nth=') ? Number(word.slice(4)) : Number.NaN
      if (!Number.isInteger(nth) || nth < 1) throw new Error(`${word}: nth must be a whole number from 1, as in nth=7`)
      return nth
    },
    share(place, byDefault) {
      const word = words[place]
      if (word === undefined) return byDefault
      const value = word.endsWith('%') ? Number(word.slice(0, -1)) / 100 : Number(word)
      if (!(value > 0 && value <= 1)) throw new Error(`${word}: a share is above 0% and at most 100%, for example 2%`)
      return value
    },
    durations(place, byDefault) {
      const word = words[place]
      if (word === undefined) return byDefault
      const read = parseDistribution(word)
      if ('error' in read) throw new Error(read.error)
      return read
    },
  }
}

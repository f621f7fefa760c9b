import type { Survivors } from './matrix.ts'

const noCaseYet = 'no case tries its rules yet'

/** Faults that no case catches, each with its reason; one that is caught after all must go. */
export const survivors: Survivors = {
  'next-position-off-by-one': noCaseYet,
  'foreign-event': noCaseYet,
}

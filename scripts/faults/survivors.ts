import type { Survivors } from './matrix.ts'

const noCaseYet = 'no case tries its rules yet'

/** Faults that no case catches, each with its reason; one that is caught after all must go. */
export const survivors: Survivors = {
  'double-push': noCaseYet,
  'double-share': noCaseYet,
  'swap-push': noCaseYet,
  'drop-push': noCaseYet,
  'lose-share': noCaseYet,
  'next-position-off-by-one': noCaseYet,
  'wrong-notify-position': noCaseYet,
  'foreign-event': noCaseYet,
  'repeat-after-confirmation': noCaseYet,
}

import type { Survivors } from './matrix.ts'

/** Faults that no case catches, each with its reason; one that is caught after all must go. */
export const survivors: Survivors = {}

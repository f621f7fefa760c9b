/** What each session has alike: its memory, its place. */
export const equalVariation = 0

/**
 * How much more than the average the busiest of `parts` carries. A session stays with the node that it got, so the parts are
 * sums of whole sessions: sessions are dealt by chance, and some talk more than others (`variation`: variance by squared mean). √(2 ln n) standard deviations
 * are never exceeded by the expected greatest of n sums.
 */
export function busiestShare(sessions: number, parts: number, variation: number): number {
  if (parts <= 1) return 1
  const deviation = Math.sqrt((parts * (1 + variation)) / sessions)
  return Math.min(parts, 1 + Math.sqrt(2 * Math.log(parts)) * deviation)
}

/** The least number of equal parts of which the busiest carries at most `most`; undefined = more than `limit`. */
export function partsFor(
  load: number,
  most: number,
  sessions: number,
  variation: number,
  limit = 100_000,
): number | undefined {
  let parts = Math.max(1, Math.ceil(load / most - 1e-9))
  while (parts <= limit && (load / parts) * busiestShare(sessions, parts, variation) > most * (1 + 1e-9)) parts += 1
  return parts <= limit ? parts : undefined
}

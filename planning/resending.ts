/**
 * [CS-060, CS-062] POSTs per event when each of them stays unconfirmed with this probability: the first one and up to
 * `attempts` repetitions, independent of each other. An outage is not independent; see `outage.ts`.
 */
export function postsPerEvent(unconfirmed: number, attempts: number): number {
  return unconfirmed === 1 ? attempts + 1 : (1 - unconfirmed ** (attempts + 1)) / (1 - unconfirmed)
}

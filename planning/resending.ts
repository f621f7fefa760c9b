/**
 * [CS-060, CS-062] POSTs per event when each of them stays unconfirmed with this probability: the first one and up to
 * `attempts` repetitions, independent of each other. An outage is not independent; see `outage.ts`.
 */
export function postsPerEvent(unconfirmed: number, attempts: number): number {
  return unconfirmed === 1 ? attempts + 1 : (1 - unconfirmed ** (attempts + 1)) / (1 - unconfirmed)
}

/** Share of the events of which no push is ever confirmed; the next ping or message shows them. */
export function neverConfirmed(unconfirmed: number, attempts: number): number {
  return unconfirmed ** (attempts + 1)
}

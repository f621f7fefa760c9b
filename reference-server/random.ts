/** Randomness, injected: seeded where a run must be repeatable, a CSPRNG for keys outside tests. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** `bytes` random bytes as lower-case hex. */
  hex(bytes: number): string
}

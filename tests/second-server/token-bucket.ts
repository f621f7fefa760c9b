/** A bucket of `burst` tokens that fills at `perSecond`; whoever takes one waits until it is there. */
export function createTokenBucket(
  perSecond: number,
  burst: number,
  now: () => number,
  sleep: (ms: number) => Promise<unknown>,
): () => Promise<void> {
  let tokens = burst
  let filledAt = now()
  return async () => {
    for (;;) {
      const at = now()
      tokens = Math.min(burst, tokens + ((at - filledAt) * perSecond) / 1_000)
      filledAt = at
      if (tokens >= 1) break
      await sleep(((1 - tokens) * 1_000) / perSecond)
    }
    tokens -= 1
  }
}

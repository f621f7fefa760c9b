/** The samples of one stretch of time. */
export interface Block {
  count: number
  countAtMost(valueMs: number): number
}

/** Fewer stretches say nothing about how samples bunch. */
const leastBlocks = 10

/**
 * Samples of one run hang together: a stall hits neighbours. The share of values up to `valueMs` is taken block by block,
 * and its variance over the blocks (neighbouring ones included, with the weights of Newey and West) compared with what
 * independent samples would show. @returns how many times more samples it takes to know the percentile as well; 1 at least.
 */
export function designEffect(blocks: readonly Block[], valueMs: number): number {
  const filled = blocks.filter(({ count }) => count > 0)
  if (filled.length < leastBlocks) return 1
  const size = filled.reduce((sum, { count }) => sum + count, 0)
  const below = filled.map(block => block.countAtMost(valueMs))
  const share = below.reduce((sum, count) => sum + count, 0) / size
  const independent = size * share * (1 - share)
  if (independent === 0) return 1
  const excess = below.map((count, at) => count - share * filled[at]!.count)
  const product = (lag: number) => excess.slice(lag).reduce((sum, value, at) => sum + value * excess[at]!, 0)
  const lags = Math.floor(Math.cbrt(filled.length))
  let variance = product(0)
  for (let lag = 1; lag <= lags; lag += 1) variance += 2 * (1 - lag / (lags + 1)) * product(lag)
  const unbiased = filled.length / (filled.length - 1)
  return Math.min(size, Math.max(1, (variance * unbiased) / independent))
}

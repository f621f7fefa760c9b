import type { Distribution } from '../protocol/distribution.ts'
import type { Values } from './figure.ts'

/** How long a POST holds its lane: from its first byte to the answer, network included. */
export interface PushTime {
  meanMs: number
  /** Mean of the squares, ms²: decides how long the others wait. */
  squareMs2: number
}

const normalP99 = 2.3263478740408408

export function pushTimeOf(distribution: Distribution): PushTime {
  switch (distribution.kind) {
    case 'const':
      return { meanMs: distribution.valueMs, squareMs2: distribution.valueMs ** 2 }
    case 'uniform': {
      const { fromMs, toMs } = distribution
      return { meanMs: (fromMs + toMs) / 2, squareMs2: (fromMs ** 2 + fromMs * toMs + toMs ** 2) / 3 }
    }
    case 'exp':
      return { meanMs: distribution.meanMs, squareMs2: 2 * distribution.meanMs ** 2 }
    case 'lognorm': {
      const variance = (Math.log(distribution.p99Ms / distribution.p50Ms) / normalP99) ** 2
      const { p50Ms } = distribution
      return { meanMs: p50Ms * Math.exp(variance / 2), squareMs2: p50Ms ** 2 * Math.exp(2 * variance) }
    }
    case 'bimodal': {
      const { firstMs, secondMs, share } = distribution
      return mixed({ meanMs: firstMs, squareMs2: firstMs ** 2 }, secondMs, share)
    }
  }
}

export function pushTimeOfValues({ pushMs, pushVariation, timeoutShare, timeoutMs }: Values): PushTime {
  const time = { meanMs: pushMs, squareMs2: pushMs ** 2 * (1 + pushVariation) }
  return withTimeouts(time, timeoutShare, timeoutMs)
}

/** A constant time on the way, there and back. */
export function withNetwork({ meanMs, squareMs2 }: PushTime, networkMs: number): PushTime {
  return { meanMs: meanMs + networkMs, squareMs2: squareMs2 + 2 * networkMs * meanMs + networkMs ** 2 }
}

/** [PUSH-076] A POST that hangs holds the lane until the timeout. */
export function withTimeouts(time: PushTime, share: number, timeoutMs: number): PushTime {
  return mixed(time, timeoutMs, share)
}

function mixed({ meanMs, squareMs2 }: PushTime, otherMs: number, share: number): PushTime {
  return {
    meanMs: (1 - share) * meanMs + share * otherMs,
    squareMs2: (1 - share) * squareMs2 + share * otherMs ** 2,
  }
}

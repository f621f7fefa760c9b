/** A set of whole numbers as merged ranges: what is mostly consecutive takes no room for each number. */
export interface NumberRanges {
  add(number: number): void
  has(number: number): boolean
  /** Separate ranges, which is what the memory grows with. */
  ranges(): number
}

export function createNumberRanges(): NumberRanges {
  /** Half-open, flat, rising: [from, to, from, to …]. */
  const bounds: number[] = []

  /** How many bounds are at or below the number: odd = it is inside. */
  function boundsUpTo(number: number): number {
    let low = 0
    let high = bounds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (bounds[middle]! <= number) low = middle + 1
      else high = middle
    }
    return low
  }

  const has = (number: number) => boundsUpTo(number) % 2 === 1

  return {
    has,
    add(number) {
      const at = boundsUpTo(number)
      if (at % 2 === 1) return
      const touchesBelow = bounds[at - 1] === number
      const touchesAbove = bounds[at] === number + 1
      if (touchesBelow && touchesAbove) bounds.splice(at - 1, 2)
      else if (touchesBelow) bounds[at - 1] = number + 1
      else if (touchesAbove) bounds[at] = number
      else bounds.splice(at, 0, number, number + 1)
    },
    ranges: () => bounds.length / 2,
  }
}

/** The known word that a mistyped one most likely meant; undefined when nothing is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map(each => ({ each, distance: editDistance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(1, Math.floor(each.length / 3)) || isBeginning(word, each))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.each
}

/** How a refusal ends: ` (did you mean …?)`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? '' : ` (did you mean ${guess}?)`
}

function isBeginning(word: string, known: string): boolean {
  return word.length >= 3 && known.startsWith(word)
}

/** Levenshtein with neighbouring letters swapped counted as one edit. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) best = Math.min(best, beforeLast[column - 2]! + 1)
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[b.length]!
}

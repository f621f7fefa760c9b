/** @returns the name with the fewest edits, undefined when even that one has little in common with the word. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let fewest = Math.max(2, Math.floor(word.length / 2)) + 1
  for (const name of names) {
    const count = edits(word.toLowerCase(), name.toLowerCase())
    if (count < fewest) {
      fewest = count
      best = name
    }
  }
  return best
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1))
    }
    above = row
  }
  return above[b.length]!
}

/** A queue of rows of numbers without an object per row. */
export interface Fifo {
  push(...row: number[]): void
  /** A number of the first row; Infinity where there is none. */
  head(column: number): number
  shift(): void
  length(): number
}

const least = 1_024

export function createFifo(columns: number): Fifo {
  let rows = new Float64Array(least * columns)
  let first = 0
  let end = 0

  /** Moves the rows to the front, into twice the room where more than half is used. */
  function makeRoom() {
    const used = end - first
    const room = used * 2 > rows.length ? new Float64Array(rows.length * 2) : rows
    room.set(rows.subarray(first, end))
    rows = room
    first = 0
    end = used
  }

  return {
    push(...row) {
      if (end + columns > rows.length) makeRoom()
      for (let at = 0; at < columns; at += 1) rows[end + at] = row[at]!
      end += columns
    },
    head: column => (first === end ? Number.POSITIVE_INFINITY : rows[first + column]!),
    shift() {
      first += columns
    },
    length: () => (end - first) / columns,
  }
}

import {
  column,
  columns,
  headerLength,
  operations,
  readAnswers,
  readRow,
  type ShardRow,
} from '../protocol/stream/shard-stream.ts'

export interface ShardFrames {
  /** A binary frame: the measured columns. */
  columns(bytes: Uint8Array): void
  /** The text frame beside it: the raw answers. */
  answers(text: string): void
  frames(): number
  rows(): number
  /** A message of the shard, between its frames, that nobody can read. */
  unreadable(): void
  /** One sentence per gap. */
  faults: string[]
}

/**
 * Pairs the frames of one shard by number and tells each row with its raw answer (undefined = it is not known which); a
 * gap is a fault, never an error.
 */
export function createShardFrames(
  name: string,
  onRow: (row: ShardRow, body: string | undefined) => void,
  /** By the clock of the shard. */
  onFrame: (sentMs: number) => void = () => {},
): ShardFrames {
  let expected = 1
  let waiting: { frame: number; values: Float64Array; rows: number } | undefined
  let frames = 0
  let rows = 0
  const faults: string[] = []
  const fault = (text: string) => {
    if (faults.length < 20) faults.push(`${name}: ${text}`)
  }

  function tell(values: Float64Array, count: number, answers: readonly string[] | undefined): void {
    for (let at = 0; at < count; at += 1) {
      if (!isRow(values, at)) fault(`a row of frame ${values[0]} is unreadable`)
      else onRow(readRow(values, at), answers?.[at])
    }
    rows += count
    frames += 1
  }

  function flush(): void {
    if (!waiting) return
    fault(`the answers of frame ${waiting.frame} are missing`)
    tell(waiting.values, waiting.rows, undefined)
    waiting = undefined
  }

  return {
    columns(bytes) {
      flush()
      if (bytes.byteLength % 8 !== 0 || bytes.byteLength < headerLength * 8) {
        fault(`a frame of ${bytes.byteLength} bytes is no frame`)
        return
      }
      // A copy: the bytes may start anywhere in a pooled buffer, doubles must be aligned.
      const values = new Float64Array(new Uint8Array(bytes).buffer)
      const frame = values[0]!
      const count = (values.length - headerLength) / columns
      if (frame !== expected) fault(`frame ${expected} is missing, ${frame} came`)
      expected = frame + 1
      if (!Number.isInteger(count) || count !== values[2])
        fault(`frame ${frame} has room for ${count} rows and says ${values[2]}`)
      onFrame(values[3]!)
      waiting = { frame, values, rows: Math.floor(count) }
    },
    answers(text) {
      const { frame, answers } = readAnswers(text)
      if (waiting?.frame !== frame) {
        fault(`answers of frame ${frame} came without its columns`)
        flush()
        return
      }
      const { values, rows: count } = waiting
      waiting = undefined
      const isPaired = count === 0 || answers.length === count
      if (!isPaired) fault(`frame ${frame} has ${count} rows and ${answers.length} answers`)
      tell(values, count, isPaired ? answers : undefined)
    },
    frames: () => frames,
    rows: () => rows,
    unreadable: () => fault('a message is unreadable'),
    faults,
  }
}

function isRow(values: Float64Array, row: number): boolean {
  const at = headerLength + row * columns
  for (let i = 0; i < columns; i += 1) if (!Number.isFinite(values[at + i]!)) return false
  const session = values[at + column.session]!
  return operations[values[at + column.operation]!] !== undefined && Number.isInteger(session) && session >= 0
}

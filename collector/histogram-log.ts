import { createWriteStream, type WriteStream } from 'node:fs'
import { encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'

export interface HistogramLog {
  /** One interval of one series; the tag has neither commas nor blanks. */
  write(tag: string, startMs: number, endMs: number, histogram: Histogram): void
  close(): Promise<void>
}

/** HdrHistogram interval log, format 1.3, with microseconds inside: any HdrHistogram tool opens it. */
export function openHistogramLog(file: string, startMs: number, onError: (error: Error) => void): HistogramLog {
  const stream: WriteStream = createWriteStream(file)
  stream.on('error', onError)
  stream.write(
    '#[chatgauge: values are microseconds, Interval_Max milliseconds, tags <series>;<phase>; lost, dropped and timed out count as at least the time waited]\n' +
      '#[Histogram log format version 1.3]\n' +
      `#[StartTime: ${(startMs / 1000).toFixed(3)} (seconds since epoch), ${new Date(startMs).toISOString()}]\n` +
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"\n',
  )
  return {
    write(tag, from, to, histogram) {
      const start = ((from - startMs) / 1000).toFixed(3)
      const length = ((to - from) / 1000).toFixed(3)
      const max = (histogram.maxValue / 1000).toFixed(3)
      stream.write(`Tag=${tag},${start},${length},${max},${encodeIntoCompressedBase64(histogram)}\n`)
    },
    close: () => new Promise(done => stream.end(() => done())),
  }
}

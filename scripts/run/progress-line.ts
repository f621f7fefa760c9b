import type { Progress } from '../../collector/progress.ts'

export function progressText(figures: Progress): string {
  const p99 = figures.pushP99Ms === undefined ? 'p99 –' : `p99 ${formatMs(figures.pushP99Ms)}`
  return [
    `${clock(figures.elapsedSeconds)} ${figures.phase.padEnd(7)}`,
    `${count(figures.sessionsLive)} sessions${figures.away > 0 ? `, ${count(figures.away)} away` : ''}`,
    `${count(Math.round(figures.messagesPerSecond))} messages/s`,
    `${count(Math.round(figures.pushesPerSecond))} ${figures.isComet ? 'notifications' : 'pushes'}/s`,
    ...(figures.notificationsPerSecond === undefined
      ? []
      : [`${count(Math.round(figures.notificationsPerSecond))} notifications/s`]),
    p99,
    `${count(figures.lost)} missing`,
    `${count(figures.violations)} violations`,
    ...(figures.failed > 0 ? [failedText(figures)] : []),
  ].join('  ')
}

function failedText({ failed, mostFailed }: Progress): string {
  if (!mostFailed) return `${count(failed)} failed`
  // Of a customer that has no connection yet.
  const what = mostFailed.operation === 'first try' ? 'connecting' : mostFailed.operation
  return `${count(failed)} failed (${what}: ${mostFailed.outcome})`
}

/** One live line on a terminal; elsewhere a plain line every `plainEverySeconds` and at the start of each phase. */
export interface ProgressLine {
  show(figures: Progress): void
  /** Says something lasting above the live line. */
  say(line: string): void
  end(): void
}

const plainEverySeconds = 5

export function createProgressLine(stream: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  let lastPlain = -plainEverySeconds
  let lastPhase = ''
  const live = stream.isTTY === true && !quiet
  const clear = () => live && stream.write('\r\x1b[2K')
  return {
    show(figures) {
      if (quiet) return
      if (live) stream.write(`\r\x1b[2K${progressText(figures).slice(0, (stream.columns ?? 120) - 1)}`)
      else if (figures.phase !== lastPhase || figures.elapsedSeconds - lastPlain >= plainEverySeconds) {
        lastPlain = figures.elapsedSeconds
        lastPhase = figures.phase
        stream.write(`${progressText(figures)}\n`)
      }
    },
    say(line) {
      if (quiet) return
      clear()
      stream.write(`${line}\n`)
    },
    end: () => void clear(),
  }
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function formatMs(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${count(Math.round(ms))} ms`
}

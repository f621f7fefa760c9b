import type { CaseResult } from '../../conformance/runner/result.ts'

/** One line on a terminal's stderr that counts up; nothing anywhere else. */
export function progress(total: number): { done(result: CaseResult): void; end(): void } {
  const isShown = process.stderr.isTTY === true
  let count = 0
  let failed = 0
  if (isShown) process.stderr.write(`the target is looked at, then ${total} cases `)
  return {
    done({ verdict }) {
      count += 1
      if (verdict === 'failed' || verdict === 'error') failed += 1
      if (isShown)
        process.stderr.write(`\r\u001b[K${count} of ${total} cases${failed > 0 ? `, ${failed} failed` : ''} `)
    },
    end() {
      if (isShown) process.stderr.write('\r\u001b[K')
    },
  }
}

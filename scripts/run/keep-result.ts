import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeResult } from '../../collector/result.ts'
import { writeReports } from '../../reports/write-reports.ts'
import type { Result } from '../../schemas/generated/types.ts'

export interface KeptResult {
  result: Result
  /** report.html, or the folder where it could not be written. */
  report: string
}

export interface KeepSettings {
  folder: string
  /** Copies that were asked for. */
  junit: string | undefined
  summary: string | undefined
  /** Further reports of this result. */
  writeMore?(result: Result): unknown
}

/**
 * Writes the result folder. What cannot be written is itself a finding: the result is judged again with it, so that the
 * verdict that is printed, and the files that a full disk leaves, say what is missing.
 */
export async function keepResult(
  settings: KeepSettings,
  unwritten: readonly string[],
  resultOf: (unwritten: readonly string[]) => Result,
): Promise<KeptResult> {
  let result = resultOf(unwritten)
  const failed = await write(settings, result)
  if (failed.length > 0) {
    result = resultOf([...unwritten, ...failed])
    await write(settings, result)
  }
  const html = join(settings.folder, 'report.html')
  return {
    result,
    report: failed.some(text => text.startsWith('the reports')) || !existsSync(html) ? settings.folder : html,
  }
}

/** @returns one sentence for each thing that could not be written. */
async function write({ folder, junit, summary, writeMore }: KeepSettings, result: Result): Promise<string[]> {
  const failed: string[] = []
  const attempt = async (what: string, task: () => unknown) => {
    try {
      await task()
    } catch (error) {
      failed.push(`${what} could not be written: ${(error as Error).message}`)
    }
  }
  await attempt('result.json', () => writeResult(folder, result))
  await attempt('the reports', () => {
    const written = writeReports(folder, result)
    if (junit !== undefined) copyFileSync(written.junit, junit)
    if (summary !== undefined) copyFileSync(written.summary, summary)
    writeMore?.(result)
  })
  return failed
}

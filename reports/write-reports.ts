import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../schemas/generated/types.ts'
import { renderReport } from './html-report.ts'
import { renderJunit } from './junit.ts'
import { replaceFile } from './page/replace-file.ts'
import { renderSummary } from './summary.ts'

export interface WrittenReports {
  html: string
  summary: string
  junit: string
}

/** Renders the three reports of a result into its folder and tells their paths. */
export function writeReports(folder: string, result: Result): WrittenReports {
  mkdirSync(folder, { recursive: true })
  return {
    html: replaceFile(join(folder, 'report.html'), renderReport(result)),
    summary: replaceFile(join(folder, 'summary.md'), renderSummary(result)),
    junit: replaceFile(join(folder, 'junit.xml'), renderJunit(result)),
  }
}

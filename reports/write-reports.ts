import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../schemas/generated/types.ts'
import { renderReport } from './html-report.ts'
import { renderJunit } from './junit.ts'
import { renderSummary } from './summary.ts'

export interface WrittenReports {
  html: string
  summary: string
  junit: string
}

/** Whoever reads while we write sees the old file or the new one, never half of one. */
function replace(path: string, text: string): string {
  const half = `${path}.${process.pid}.part`
  writeFileSync(half, text)
  renameSync(half, path)
  return path
}

/** Renders the three reports of a result into its folder and tells their paths. */
export function writeReports(folder: string, result: Result): WrittenReports {
  mkdirSync(folder, { recursive: true })
  return {
    html: replace(join(folder, 'report.html'), renderReport(result)),
    summary: replace(join(folder, 'summary.md'), renderSummary(result)),
    junit: replace(join(folder, 'junit.xml'), renderJunit(result)),
  }
}

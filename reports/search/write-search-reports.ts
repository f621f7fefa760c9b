import { join } from 'node:path'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { replaceFile } from '../page/replace-file.ts'
import { renderSearchHtml } from './html.ts'
import { renderSearchSummary } from './summary.ts'

/** Renders the reports of a search into its folder and tells their paths. */
export function writeSearchReports(folder: string, result: SearchResult): { html: string; summary: string } {
  return {
    html: replaceFile(join(folder, 'report.html'), renderSearchHtml(result)),
    summary: replaceFile(join(folder, 'summary.md'), renderSearchSummary(result)),
  }
}

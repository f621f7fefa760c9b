import { dirname, join, parse } from 'node:path'
import { replaceFile } from '../page/replace-file.ts'
import { type Compared, renderComparisonHtml } from './html.ts'
import { renderComparisonSummary } from './summary.ts'

/** Writes the page, and beside it the Markdown of the same name, and tells their paths. */
export function writeComparison(html: string, compared: Compared): { html: string; summary: string } {
  return {
    html: replaceFile(html, renderComparisonHtml(compared)),
    summary: replaceFile(join(dirname(html), `${parse(html).name}.md`), renderComparisonSummary(compared)),
  }
}

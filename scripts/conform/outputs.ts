import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { renderConformanceHtml } from '../../reports/conformance/html.ts'
import { renderConformanceJunit } from '../../reports/conformance/junit.ts'
import { renderConformanceSummary } from '../../reports/conformance/summary.ts'
import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { replaceFile } from '../replace-file.ts'

export interface Outputs {
  junit: string | undefined
  summary: string | undefined
  html: string | undefined
}

const renderers = {
  junit: renderConformanceJunit,
  summary: renderConformanceSummary,
  html: renderConformanceHtml,
} as const

/** @returns paths of what was written, as given. */
export function writeOutputs(result: ConformanceResult, outputs: Outputs): string[] {
  return (Object.keys(renderers) as (keyof Outputs)[]).flatMap(kind => {
    const path = outputs[kind]
    if (path === undefined) return []
    mkdirSync(dirname(resolve(path)), { recursive: true })
    replaceFile(path, renderers[kind](result))
    return [path]
  })
}

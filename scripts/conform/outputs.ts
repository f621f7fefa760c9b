import { accessSync, constants, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { renderConformanceHtml } from '../../reports/conformance/html.ts'
import { renderConformanceJunit } from '../../reports/conformance/junit.ts'
import { renderConformanceSummary } from '../../reports/conformance/summary.ts'
import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { UserError } from '../program/user-error.ts'
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

/** @throws UserError before anything runs, when a file could not be written afterwards. */
export function checkOutputs(outputs: Outputs): void {
  for (const [kind, path] of Object.entries(outputs)) {
    if (path === undefined) continue
    try {
      const folder = dirname(resolve(path))
      mkdirSync(folder, { recursive: true })
      accessSync(folder, constants.W_OK)
    } catch (error) {
      throw new UserError(`--${kind} ${path} cannot be written: ${(error as Error).message}`)
    }
  }
}

/** @returns paths of what was written, as given. */
export function writeOutputs(result: ConformanceResult, outputs: Outputs): string[] {
  return (Object.keys(renderers) as (keyof Outputs)[]).flatMap(kind => {
    const path = outputs[kind]
    if (path === undefined) return []
    replaceFile(path, renderers[kind](result))
    return [path]
  })
}

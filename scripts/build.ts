import { buildScenarios } from './build-scenarios.ts'
import { buildSchemasIfNewer } from './build-schemas.ts'

/** Brings what is generated up to date; some milliseconds when nothing changed. @returns the files that are new. */
export async function buildAll(): Promise<string[]> {
  return [...(await buildSchemasIfNewer()), ...(await buildScenarios())]
}

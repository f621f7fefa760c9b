import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { BenchCase, BenchResult } from './case.ts'
import { chooseCases } from './choose-cases.ts'
import { replaceSection } from './replace-section.ts'
import { type BenchRow, renderSection, renderTable } from './table.ts'

const caseFolder = new URL('./cases/', import.meta.url)
const resultsFile = new URL('./RESULTS.md', import.meta.url)

/**
 * `npm run bench [-- name …]`: runs the named cases (default: all), prints the table, keeps it as bench/RESULTS.md when all
 * ran; a case with a section of its own replaces that one each time. `truth:cometd` runs only what has that in its name, and
 * keeps nothing. @returns exit code: 1 when a bound is broken, 2 for an unknown name.
 */
export async function bench(names: readonly string[]): Promise<number> {
  const cases = await Promise.all(
    readdirSync(caseFolder)
      .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .sort()
      .map(async file => ((await import(new URL(file, caseFolder).href)) as { benchCase: BenchCase }).benchCase),
  )
  if (names.includes('--help')) {
    console.log('npm run bench [-- <name> …]   what the project promises of itself; without a name all of:')
    for (const each of cases) console.log(`  ${each.name.padEnd(12)} ${each.what} (${each.bound})`)
    for (const { name, parts } of cases.filter(each => each.parts))
      console.log(`${name}:<part> runs only those with that in their name: ${parts!.join('; ')}`)
    return 0
  }
  const chosen = chooseCases(cases, names)
  if ('wrong' in chosen) {
    console.error(`bench: ${chosen.wrong}`)
    return 2
  }
  const rows: BenchRow[] = []
  for (const { benchCase, parts } of chosen) {
    console.error(`${benchCase.name}: ${benchCase.what}`)
    const result = await benchCase.run(line => console.error(`  ${line}`), parts).catch(failed)
    console.error(`  ${result.figure}  ${result.verdict}`)
    rows.push({ benchCase, result })
  }
  const at = new Date()
  const table = renderTable(rows, at)
  console.log(table)
  if (names.length === 0) writeFileSync(resultsFile, table)
  else
    keepSections(
      rows.filter((_, n) => chosen[n]!.parts === undefined),
      at,
    )
  return rows.some(row => row.result.verdict === 'broken') ? 1 : 0
}

function keepSections(rows: readonly BenchRow[], at: Date): void {
  if (!existsSync(resultsFile)) return
  const before = readFileSync(resultsFile, 'utf8')
  const after = rows.reduce((text, row) => replaceSection(text, row.benchCase.name, renderSection(row, at)), before)
  if (after !== before) writeFileSync(resultsFile, after)
}

/** The others are still worth their time. */
function failed(error: Error): BenchResult {
  console.error(error)
  return { figure: 'failed', absolute: '', verdict: 'broken', note: error.message }
}

if (import.meta.main) process.exitCode = await bench(process.argv.slice(2))

import { dirname, join } from 'node:path'
import { basisOf } from '../../protocol/rule-basis.ts'
import type { Command, Typed } from '../program/command.ts'
import { readResult } from '../program/read-result.ts'
import { UserError } from '../program/user-error.ts'

export const merge: Command = {
  name: 'merge',
  summary: 'adds the results of several generators of one run, judges once',
  words: '<result…>',
  options: [
    { name: 'out', value: 'DIR', help: 'result folder; default: reports/out/<UTC time>-<scenario>-merged' },
    { name: 'junit', value: 'FILE', help: 'JUnit XML' },
    { name: 'summary', value: 'FILE', help: 'Markdown summary' },
    { name: 'json', help: 'the verdict as JSON on stdout, all else on stderr' },
  ],
  examples: [
    { line: 'chatgauge merge reports/out/part-*', does: 'one result of all parts, from folders or result.json files' },
    {
      line: 'chatgauge merge a/result.json b/result.json --out merged',
      does: 'into a folder of your choice',
    },
  ],
  notes:
    'The parts are runs of one plan: chatgauge run … --part 1/4 --seed N --target URL --receiver URL, and so on to 4/4\n' +
    '(without --receiver where nothing is pushed, as in cometd-chat).\n' +
    'Parts that differ in an option, a part that is missing and whole runs are refused. Exit code: as of run.',
  run,
}

async function run(typed: Typed): Promise<number> {
  if (typed.words.length === 0)
    throw new UserError(
      'merge needs the results of all parts: result folders or result.json; see chatgauge merge --help',
    )
  const [
    { findParts },
    { mergeParts },
    { mergeViolations, writeMergedLog },
    { keepResult },
    { makeResultFolder },
    { lastLines },
  ] = await Promise.all([
    import('../../collector/merging/part.ts'),
    import('../../collector/merging/merge-parts.ts'),
    import('../../collector/merging/merged-files.ts'),
    import('../run/keep-result.ts'),
    import('../run/result-folder.ts'),
    import('../run/last-lines.ts'),
  ])
  const { parts, refusal } = findParts(typed.words.map(readResult))
  if (refusal !== undefined) throw new UserError(refusal)
  const { result: first, cells } = mergeParts(parts, { basisOf })
  const root = new URL('../..', import.meta.url).pathname
  const folder = makeResultFolder(root, `${first.scenario}-merged`, new Date(), typed.value('out'))
  const unwritten: string[] = []
  const attempt = async (what: string, task: () => unknown) => {
    try {
      await task()
    } catch (error) {
      unwritten.push(`${what} could not be written: ${(error as Error).message}`)
    }
  }
  await attempt('histograms.hlog', () => writeMergedLog(join(folder, 'histograms.hlog'), first, cells))
  await attempt('violations.ndjson', () => {
    const files = parts.map(({ path }) => join(dirname(path), 'violations.ndjson'))
    mergeViolations(files, join(folder, 'violations.ndjson'))
  })
  const copies = { junit: typed.value('junit'), summary: typed.value('summary') }
  const resultOf = (failed: readonly string[]) =>
    failed.length === 0 ? first : mergeParts(parts, { basisOf, unwritten: failed }).result
  const { result, report } = await keepResult({ folder, ...copies }, unwritten, resultOf)
  console.log(typed.has('json') ? JSON.stringify(result.verdict) : lastLines(result, report))
  return result.verdict.exit
}

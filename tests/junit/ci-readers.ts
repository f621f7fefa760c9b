import type { TestCase, TestSuite } from 'junit2json'

export interface ReadSuites {
  testsuite: (TestSuite & { testcase: TestCase[] })[]
}

interface Reader {
  name: string
  /** What it is known to lose. */
  loses: string
  /** Where a case stands in it. */
  group(suite: TestSuite, each: TestCase): string
  line(each: TestCase): string
}

const outcomes = ['failure', 'error', 'skipped'] as const
const outcomeOf = (each: TestCase) => outcomes.find(kind => each[kind] !== undefined) ?? 'passed'
const firstLine = (text = '') => text.split('\n', 1)[0]!
const reason = (each: TestCase) =>
  firstLine((each.failure ?? each.error ?? each.skipped)?.[0]?.message ?? each['system-out']?.[0])

const readers: readonly Reader[] = [
  {
    name: 'Jenkins',
    loses: 'name of the suite, properties; splits the class at its last dot into package and class',
    group(_suite, { classname = '' }) {
      const dot = classname.lastIndexOf('.')
      return `package ${classname.slice(0, dot)}, class ${classname.slice(dot + 1)}`
    },
    line: each => `${outcomeOf(each)} | ${each.name} | ${reason(each)}`,
  },
  {
    name: 'GitLab',
    loses: 'name of the suite, properties, file; shows the class as the suite and the text rather than the message',
    group: (_suite, { classname }) => `suite ${classname}`,
    line: each =>
      `${outcomeOf(each)} | ${each.name} | ${firstLine((each.failure ?? each.error)?.[0]?.inner ?? '') || reason(each)}`,
  },
  {
    name: 'GitHub, by the usual actions',
    loses: 'class, properties, what was printed; it has no reader of its own',
    group: ({ name }) => `suite ${name}`,
    line: each => `${outcomeOf(each)} | ${each.name} | ${outcomeOf(each) === 'passed' ? '' : reason(each)}`,
  },
  {
    name: 'Azure',
    loses: 'name of the suite, properties; the class is the storage, an error counts as a failure',
    group: (_suite, { classname }) => `storage ${classname}`,
    line: each => `${outcomeOf(each).replace('error', 'failure')} | ${each.name} | ${reason(each)}`,
  },
]

/** What a person sees of the file in each of them. */
export function ciReadersText({ testsuite }: ReadSuites): string {
  const blocks = readers.map(({ name, loses, group, line }) => {
    const lines: string[] = []
    let place = ''
    for (const suite of testsuite)
      for (const each of suite.testcase) {
        const own = group(suite, each)
        if (own !== place) lines.push(own)
        place = own
        lines.push(`  ${line(each)}`.trimEnd())
      }
    return [`${name} (loses: ${loses})`, ...lines].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

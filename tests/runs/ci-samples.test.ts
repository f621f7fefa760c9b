import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { startReady } from './start-ready.ts'

// The samples of deploy/ci as a CI system takes them: parsed, and each shell command run as it stands there.

const root = fileURLToPath(new URL('../../', import.meta.url))
const sample = (name: string) => readFileSync(join(root, 'deploy/ci', name), 'utf8')

interface Sample {
  name: string
  /** Lines of shell, in one shell after the other. */
  scripts(): string[]
  /** The JUnit file, from where the pipeline begins. */
  junit(): string
  /** Whether the pipeline begins in a checkout of chatgauge. */
  isInCheckout: boolean
}

const samples: Sample[] = [
  {
    name: 'github-actions.yml',
    scripts() {
      const { jobs } = load(sample('github-actions.yml')) as GitHubWorkflow
      expect(Object.values(jobs).map(job => job['runs-on'])).toEqual(['ubuntu-latest'])
      const steps = Object.values(jobs).flatMap(job => job.steps)
      expect(steps.every(step => (step.run === undefined) !== (step.uses === undefined))).toBe(true)
      return steps.flatMap(step => step.run ?? [])
    },
    junit() {
      const { jobs } = load(sample('github-actions.yml')) as GitHubWorkflow
      const upload = Object.values(jobs)
        .flatMap(job => job.steps)
        .find(step => step.with?.path !== undefined)
      expect(upload?.if).toBe('always()')
      return upload!.with!.path!
    },
    isInCheckout: true,
  },
  {
    name: 'gitlab-ci.yml',
    scripts() {
      const [job] = Object.values(load(sample('gitlab-ci.yml')) as Record<string, GitLabJob>)
      return [[...job!.before_script, ...job!.script].join('\n')]
    },
    junit() {
      const [job] = Object.values(load(sample('gitlab-ci.yml')) as Record<string, GitLabJob>)
      expect(job!.artifacts.when).toBe('always')
      return job!.artifacts.reports.junit
    },
    isInCheckout: false,
  },
  {
    name: 'Jenkinsfile',
    scripts: () => [...sample('Jenkinsfile').matchAll(/\bsh '([^']*)'/g)].map(found => found[1]!),
    junit: () => /post \{ always \{ junit '([^']*)'/.exec(sample('Jenkinsfile'))![1]!,
    isInCheckout: false,
  },
]

interface GitHubWorkflow {
  jobs: Record<
    string,
    { 'runs-on': string; steps: { run?: string; uses?: string; if?: string; with?: { path?: string } }[] }
  >
}
interface GitLabJob {
  before_script: string[]
  script: string[]
  artifacts: { when: string; reports: { junit: string } }
}

/** Runs the commands with this checkout in place of a clone, until one fails. @returns its exit code, and the folder. */
async function runPipeline({ scripts, isInCheckout }: Sample, target: string) {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-ci-'))
  const bin = mkdtempSync(join(tmpdir(), 'chatgauge-bin-'))
  const linked = [...['scripts', 'conformance', 'protocol', 'reports', 'schemas'], 'node_modules', 'package.json']
  const checkout = `mkdir -p "$1" && cd "$1" && for each in ${linked.join(' ')}; do ln -s "${root}$each" .; done`
  writeFileSync(join(bin, 'git'), `#!/bin/sh\nfor last; do :; done\nset -- "$last"\n${checkout}\n`)
  // As npx finds it in a checkout; what it would install is there.
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" scripts/chatgauge.ts "$@"\n`)
  for (const program of ['git', 'npx']) chmodSync(join(bin, program), 0o755)
  const env = {
    ...process.env,
    PATH: [bin, process.env.PATH].join(delimiter),
    GMS_URL: target,
    CHATGAUGE_REPOSITORY: 'https://git.example.com/chatgauge.git',
    GITHUB_STEP_SUMMARY: join(folder, 'step-summary.md'),
  }
  const run = (script: string) =>
    new Promise<number | null>(resolve => {
      spawn('sh', ['-e', '-c', script], { cwd: folder, env, stdio: 'ignore' }).once('close', resolve)
    })
  if (isInCheckout) await run('git clone .')
  for (const script of scripts()) {
    const exit = await run(script)
    if (exit !== 0) return { exit, folder }
  }
  return { exit: 0, folder }
}

// Each mostly waits for what must not come or must expire.
describe.concurrent.each(samples)('$name', each => {
  it('takes ten lines and gates: green on a clean server, red on a broken one, JUnit in both', async () => {
    const lines = sample(each.name).split('\n')
    expect(lines.filter(line => line.trim() !== '' && !/^\s*(#|\/\/)/.test(line)).length).toBeLessThanOrEqual(10)
    expect(each.scripts().join('\n')).toContain('npx chatgauge conform')
    for (const [faults, expected] of [
      [[], 0],
      [['--fault', 'refresh-one-too-late'], 1],
    ] as const) {
      const { running, url } = await startReady('serve', '--no-agent', ...faults)
      try {
        const { exit, folder } = await runPipeline(each, url)
        expect([exit, existsSync(join(folder, each.junit()))]).toEqual([expected, true])
        expect(dirname(each.junit())).toBe(each.isInCheckout ? '.' : 'chatgauge')
      } finally {
        running.kill('SIGTERM')
        await running.finished
      }
    }
  })
})

it('the Jenkinsfile is balanced', () => {
  const code = sample('Jenkinsfile')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/'[^'\n]*'/g, '')
  expect(code).not.toMatch(/['"]/)
  const open: string[] = []
  for (const sign of code.replace(/[^(){}[\]]/g, ''))
    if ('({['.includes(sign)) open.push(sign)
    else expect(`${open.pop()}${sign}`).toMatch(/^(\(\)|\{\}|\[\])$/)
  expect(open).toEqual([])
  expect(code.trim()).toMatch(/^pipeline \{/)
})

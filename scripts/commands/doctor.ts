import { fileURLToPath } from 'node:url'
import type { Finding } from '../doctor/finding.ts'
import { diskFinding, freePortsFinding, openFilesFinding, portRangeFinding, systemFile } from '../doctor/limits.ts'
import { clockFinding, coresFinding, loadFinding, memoryFinding } from '../doctor/machine.ts'
import { k6Finding, nodeFinding } from '../doctor/programs.ts'
import { measureTickLateness, tickFinding } from '../doctor/tick-lateness.ts'
import type { Command } from '../program/command.ts'

const tickLoopMs = 2_000

export const doctor: Command = {
  name: 'doctor',
  summary: 'what this machine can carry: Node, k6, open files, ports, cores, clock, how late an empty tick loop is',
  words: '',
  options: [{ name: 'json', help: 'the findings as JSON' }],
  examples: [
    { line: 'chatgauge doctor', does: 'looks for about two seconds and says what to do' },
    { line: 'chatgauge doctor --json', does: 'the same for a program' },
  ],
  notes: 'Exit code 0 when nothing is a problem (warnings allowed), 1 otherwise.',
  async run(typed) {
    const findings = await examine()
    const problems = findings.filter(each => each.level === 'problem').length
    console.log(typed.has('json') ? JSON.stringify({ problems, findings }, undefined, 2) : render(findings))
    return problems === 0 ? 0 : 1
  },
}

async function examine(): Promise<Finding[]> {
  const quick = [
    nodeFinding(),
    await k6Finding(),
    openFilesFinding(systemFile('/proc/self/limits')),
    portRangeFinding(systemFile('/proc/sys/net/ipv4/ip_local_port_range')),
    await freePortsFinding([8080, 9090]),
    coresFinding(),
    loadFinding(),
    memoryFinding(),
    clockFinding(),
    await diskFinding(fileURLToPath(new URL('../..', import.meta.url))),
  ]
  return [...quick, tickFinding(await measureTickLateness(tickLoopMs))]
}

function render(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(each => each.what.length))
  const lines = findings.flatMap(({ what, level, found, advice }) => [
    `${level.padEnd(7)}  ${what.padEnd(width)}  ${found}`,
    ...(advice === '' ? [] : [`${' '.repeat(width + 11)}${advice}`]),
  ])
  const worst = findings.some(each => each.level === 'problem') ? 'Not ready' : 'Ready'
  const warnings = findings.filter(each => each.level === 'warn').length
  return [...lines, '', `${worst}${warnings > 0 ? `, ${warnings} to look at` : ''}.`].join('\n')
}

import { without } from '../changed-json.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

type Members = Parameters<NonNullable<FaultGate['health']>>[0]

export const health = conformFaults([
  {
    name: 'no-health-page',
    rules: ['CS-110'],
    does: 'The health port answers 404.',
    looksLike: 'The path of the page changed with a version.',
    gate: () => ({ health: () => undefined }),
  },
  {
    name: 'health-without-process',
    rules: ['CS-110', 'CS-112'],
    does: 'The health page has no process_os_pid.',
    looksLike: 'The process id cannot be read in a container.',
    gate: () => ({ health: members => without(members, 'process_os_pid') as Members }),
  },
  {
    name: 'health-without-dbid',
    rules: ['CS-110', 'CS-111'],
    does: 'The health page has no app_dbid.',
    looksLike: 'The page is written before the configuration is read.',
    gate: () => ({ health: members => without(members, 'app_dbid') as Members }),
  },
  {
    name: 'health-of-another-application',
    rules: ['CS-111'],
    does: 'app_dbid is not the alias of the API.',
    looksLike: 'The DBID of the host is shown instead of that of the application.',
    gate: () => ({ health: members => ({ ...members, app_dbid: Number(members.app_dbid) + 1000 }) }),
  },
  {
    name: 'process-survives-restart',
    rules: ['CS-112'],
    does: 'A restarted server shows the process_os_pid of before.',
    looksLike: 'The process id within the container, which is always 1.',
    gate: () => ({ health: members => ({ ...members, process_os_pid: 1 }) }),
  },
  {
    name: 'health-outlives-server',
    rules: ['CS-113'],
    does: 'The health port answers while its server is down.',
    looksLike: 'A process of its own serves the page.',
  },
  {
    name: 'health-numbers-as-texts',
    rules: ['CS-114'],
    does: 'The members of the health page are texts.',
    looksLike: 'All values pass through one formatter.',
    gate: () => ({
      health: members => Object.fromEntries(Object.entries(members).map(([name, value]) => [name, String(value)])),
    }),
  },
  {
    name: 'health-without-lost-pushes',
    rules: ['CS-114'],
    does: 'The health page has no pushesLost.',
    looksLike: 'The counter is kept and not shown.',
    gate: () => ({ health: members => without(members, 'pushesLost') as Members }),
  },
  {
    name: 'health-of-the-start',
    rules: ['CS-114'],
    does: 'The gauges of the health page keep their first value.',
    looksLike: 'The page is cached.',
    gate: () => {
      const first = new Map<unknown, Members>()
      return {
        health(members) {
          const known = first.get(members.process_os_pid) ?? members
          first.set(members.process_os_pid, known)
          return known
        },
      }
    },
  },
])

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Peer {
  what: string
  /** Of each, one name is enough. */
  programs: readonly (readonly string[])[]
  /** Variable that may name the first program. */
  variable?: string
}

/** Programs that tests against other implementations need; `scripts/install-peers` has them by the same name. */
export const peers: Readonly<Record<string, Peer>> = {
  apache: {
    what: 'the configuration of deploy/proxies carries every transport',
    programs: [['apache2', 'httpd']],
  },
  chromium: {
    what: 'the reports are opened in a browser, and the CometD client tells a chat in one',
    programs: [['chromium', 'chromium-browser', 'google-chrome']],
    variable: 'CHROMIUM_BIN',
  },
  haproxy: {
    what: 'the configuration of deploy/proxies carries every transport',
    programs: [['haproxy']],
  },
  java: {
    what: 'HdrHistogram’s own log processor reads histograms.hlog; CometD on Jetty is judged, and judges our client',
    programs: [['java'], ['mvn']],
  },
  nginx: {
    what: 'the configuration of deploy/proxies carries every transport',
    programs: [['nginx']],
  },
  prometheus: {
    what: 'Prometheus scrapes a run and answers every query of the dashboard',
    programs: [['prometheus'], ['promtool']],
  },
  python: {
    what: 'junitparser reads the JUnit XML of a conformance run',
    programs: [['python3']],
  },
}

/** @returns those programs of the peer that no folder of PATH has. */
export function missingPrograms(peer: string): string[] {
  return peers[peer]!.programs.filter((_, at) => findProgram(peer, at) === undefined).map(([name]) => name!)
}

/** Path of a program of the peer, the first one unless said otherwise. */
export function findProgram(peer: string, at = 0): string | undefined {
  const { programs, variable } = peers[peer]!
  const named = at === 0 && variable !== undefined ? process.env[variable] : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = programs[at]!.flatMap(name => folders.map(folder => join(folder || '.', name)))
  return [...(named ? [named] : []), ...paths].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

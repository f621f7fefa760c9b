import { readFileSync } from 'node:fs'

/** Of proc(5): clock ticks of a second, the same on every Linux that Node runs on. */
const ticksPerSecond = 100
const pageBytes = 4096

/** CPU seconds (user + system) of any process, at 10 ms resolution. */
export function cpuSecondsOf(pid: number): number {
  // The name of the program comes in brackets and may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

export function rssBytesOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes
}

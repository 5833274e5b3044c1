/** The part of the configuration that slices may know. */
export abstract class Settings {
  abstract readonly version: string
  abstract readonly home: string
  abstract readonly node: string
  abstract readonly roles: ReadonlySet<string>
  abstract readonly secureCookies: boolean
  abstract readonly worker: { readonly host: string; readonly port: number; readonly transcodes: number }
}

/** Whether somebody can sign in already; implemented by the accounts slice. */
export abstract class SetUpState {
  abstract isSetUp(): Promise<boolean>
}

/** What `#project` stands for where the program is loaded without its launcher, and there is no project.ts. */
export default undefined;

/** @throws Error always: the command needs what is not there */
export function refuseWithoutProject(): never {
  throw new Error(
    'portolan: there is no project.ts, which says what is delivered, in this folder or one above it\n' +
      '  next: go to the folder of a project, or begin one: npx portolan init DIR; "git checkout project.ts" brings a lost one back',
  );
}

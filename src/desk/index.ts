export { DeskModule } from './desk.module.js';
export { Finder, Finders, type Found } from './finders.js';
export { PersonalData, PersonalDataSource } from './personal-data.js';
export type { OpenMatter, Person, PersonalTable } from './personal-table.js';
export { WaitingWork, type WorkItem, WorkSource } from './waiting-work.js';

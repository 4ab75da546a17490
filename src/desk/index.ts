export { DeskModule } from './desk.module.js';
export { Finder, Finders, type Found } from './finders.js';
export { type OpenMatter, type Person, PersonalData, PersonalDataSource, type PersonalTable } from './personal-data.js';
export { WaitingWork, type WorkItem, WorkSource } from './waiting-work.js';

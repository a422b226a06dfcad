//! Worked examples of jipp; see the files beside this folder.

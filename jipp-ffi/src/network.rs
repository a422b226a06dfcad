//! The network, as an app holds it. What it is asked stands in the files of the modules that answer.

use std::sync::{Arc, PoisonError, RwLock};

use jipp_core::base::Code;
use jipp_core::network::{Network as Core, Options};
use jipp_core::{Error, Result};
use serde::Serialize;

use crate::JippError;
use crate::exchange::is_telling;
use crate::mirror::{Mirror, mirrored};

/// A network of public-service innovation: everything that is on record, the indexes over it, and the questions put to it.
///
/// It may be used from many threads at once. One commits at a time; the others read meanwhile what stood before. Open a file
/// once for the life of the app: it is held by one process only.
#[derive(Debug, uniffi::Object)]
pub struct Network {
    /// None once it is closed.
    core: RwLock<Option<Arc<Core>>>,
    path: Option<String>,
}

impl Network {
    fn new(core: Core, path: Option<String>) -> Arc<Self> {
        Arc::new(Self { core: RwLock::new(Some(Arc::new(core))), path })
    }

    /// The network of the core, unless it was closed, or is at work and telling how far it is: it would wait for itself.
    pub(crate) fn core(&self) -> Result<Arc<Core>> {
        if is_telling() {
            return Err(Error::new(Code::NetworkBusy).expected("the question to be asked when the work is done"));
        }
        let core = self.core.read().unwrap_or_else(PoisonError::into_inner).clone();
        core.ok_or_else(|| Error::new(Code::NetworkClosed).expected("an open network"))
    }

    /// Puts a question, and mirrors the answer.
    pub(crate) fn ask<T: Serialize, M: Mirror>(
        &self,
        question: impl FnOnce(&Core) -> Result<T>,
    ) -> Result<M, JippError> {
        let core = self.core()?;
        Ok(mirrored(&question(&core)?)?)
    }
}

#[uniffi::export]
impl Network {
    /// An empty network in memory. `origin` names this copy of the network; each copy needs a name of its own.
    ///
    /// # Errors
    /// `id-empty`, `id-too-long`, `id-character`.
    #[uniffi::constructor]
    pub fn in_memory(origin: String) -> Result<Arc<Self>, JippError> {
        Ok(Self::new(Core::in_memory(&Options::new(&origin)?)?, None))
    }

    /// A network in a file, which is made if it is not there. `origin` names this copy of the network; each copy needs a
    /// name of its own.
    ///
    /// # Errors
    /// `store-locked` if another process has it open, `store-foreign`, `store-damaged`, `format-newer`,
    /// `store-permission`, `store-io`; those of ids for `origin`.
    #[cfg(feature = "sqlite")]
    #[uniffi::constructor]
    pub fn open(path: String, origin: String) -> Result<Arc<Self>, JippError> {
        Ok(Self::new(Core::open(&path, &Options::new(&origin)?)?, Some(path)))
    }

    /// A network in a file that is there, for reading only; another process may be writing to it meanwhile.
    ///
    /// # Errors
    /// As `open`, but for `store-locked`.
    #[cfg(feature = "sqlite")]
    #[uniffi::constructor]
    pub fn open_read_only(path: String, origin: String) -> Result<Arc<Self>, JippError> {
        Ok(Self::new(Core::open_read_only(&path, &Options::new(&origin)?)?, Some(path)))
    }

    /// Lets go of the file. What was committed is on disk already. Questions afterwards are refused with `network-closed`;
    /// one that is being answered on another thread is answered to its end.
    pub fn close_network(&self) {
        let core = self.core.write().unwrap_or_else(PoisonError::into_inner).take();
        drop(core);
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.core.read().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// The file; none in memory.
    pub fn path(&self) -> Option<String> {
        self.path.clone()
    }

    /// The number of the last commit; 0 if there is none.
    ///
    /// # Errors
    /// `network-closed`.
    pub fn revision(&self) -> Result<u64, JippError> {
        Ok(self.core()?.revision())
    }
}
